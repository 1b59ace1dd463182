/** Published data sets in parquet files, with their pictures, extracted into data directories. */
package dev.fusebox.parquet;
