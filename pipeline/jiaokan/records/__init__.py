"""Pages that are records of JSONL and Parquet files, and results that are rows of tables."""
