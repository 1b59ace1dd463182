/**
 * What makes generation faster and changes no token: matrices laid out as this machine multiplies
 * them fastest, measured when they are first used, and the likeliest token without all scores.
 *
 * <p>Letters: R rows being written, V vocabulary, D width.
 */
package dev.fusebox.t5.generate.fast;
