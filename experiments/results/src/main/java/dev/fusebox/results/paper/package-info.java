/** The published tables, and ours beside them. */
package dev.fusebox.results.paper;
