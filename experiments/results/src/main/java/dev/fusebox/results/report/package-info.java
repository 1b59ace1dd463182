/**
 * Tables and reports. A {@link dev.fusebox.results.table.Table} is data; the renderers turn it into
 * text for the terminal, Markdown, LaTeX or CSV. No number is shown without n, seeds, spread,
 * decoding mode and direction.
 */
package dev.fusebox.results.report;
