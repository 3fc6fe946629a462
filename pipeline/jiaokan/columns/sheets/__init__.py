"""Sheets: pages whose lines were read across all columns, laid on a grid of columns."""
