-- What is contested, and by whom: over the tables of
--   byline annotate --input jsonl --format parquet articles.jsonl -o tables
-- with DuckDB:  duckdb < assets/examples/contested.sql
SELECT target_name,
       count(*) FILTER (polarity = 'for') AS "for",
       count(*) FILTER (polarity = 'against') AS against,
       count(DISTINCT article) AS articles,
       max(holder_name) FILTER (polarity = 'against') AS one_against
FROM read_parquet('tables/stances/*.parquet')
WHERE confidence >= 0.8
GROUP BY target_name
HAVING "for" > 0 AND against > 0
ORDER BY least("for", against) DESC, target_name
LIMIT 10;
