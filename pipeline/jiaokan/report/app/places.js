// Where labels stand on a map, so that none covers another.

/** Places that are taken. Boxes have left, right, top and bottom. */
export class Places {
  constructor() {
    this.taken = [];
  }

  /** This box is taken. */
  take(box) {
    this.taken.push(box);
  }

  /** The first of the spots whose box, as `around` gives it, covers nothing, or else the one that
      covers least. It is taken then. */
  first(spots, around) {
    let [best, least] = [spots[0], Infinity];
    for (const spot of spots) {
      const covered = this.covered(around(spot));
      if (covered < least) [best, least] = [spot, covered];
      if (!covered) break;
    }
    this.take(around(best));
    return best;
  }

  covered(box) {
    const over = (one, from, to) => Math.max(0, Math.min(one[to], box[to]) - Math.max(one[from], box[from]));
    return this.taken.reduce((all, one) => all + over(one, "left", "right") * over(one, "top", "bottom"), 0);
  }
}
