/**
 * What makes writing faster and changes no token: matrices laid out as this machine multiplies them
 * soonest, measured when they are first used, and the likeliest token without all scores.
 *
 * <p>Letters: R rows being written, V vocabulary, D width.
 */
package dev.fusebox.t5.generate.fast;
