/** Tables of typed cells, and how a terminal, Markdown, LaTeX, CSV and JSON write them. */
package dev.fusebox.results.table;
