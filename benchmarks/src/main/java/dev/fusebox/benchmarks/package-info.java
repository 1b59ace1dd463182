/**
 * Speed compared with the Python reference. Every number is a ratio within one run: both sides
 * alternate on the same machine, because seconds of different machines or days are not comparable.
 */
package dev.fusebox.benchmarks;
