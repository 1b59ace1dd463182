/**
 * Published data sets in parquet files, pictures inside, laid out as folders that are read here.
 */
package dev.fusebox.parquet;
