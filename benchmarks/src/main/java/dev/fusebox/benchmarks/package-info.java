/**
 * Speed beside the Python reference. Every figure is a ratio of one run: both sides work in turns
 * on the same machine, because seconds of two machines, or of two days, say nothing.
 */
package dev.fusebox.benchmarks;
