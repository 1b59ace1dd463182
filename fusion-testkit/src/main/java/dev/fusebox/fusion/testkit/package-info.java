/**
 * The tests that every fusion inherits: {@link dev.fusebox.fusion.testkit.FusionContract}.
 *
 * <p>Letters: B batch, T text length, U target length, P vectors of a picture, V their width.
 */
package dev.fusebox.fusion.testkit;
