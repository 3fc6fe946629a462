"""The review application: people decide, in a browser on their own machine, page by page.

`desk` is what happens (pages, decisions, runs, rules), without any web; `app` puts it behind
addresses that `guard` keeps to this machine and this session. Nothing here writes a clean or a
raw file: decisions go to the decision file, rules to the workspace's rule file, and the ordinary
run carries both out.
"""
