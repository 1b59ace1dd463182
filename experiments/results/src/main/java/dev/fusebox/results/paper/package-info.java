/** The published tables, and our results next to them. */
package dev.fusebox.results.paper;
