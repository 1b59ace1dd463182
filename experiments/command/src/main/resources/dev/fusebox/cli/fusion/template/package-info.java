/**
 * The @name@ fusion.
 *
 * <p>Letters: B batch, T text length, P patches, D width of the text states, V width of the
 * picture's vectors.
 */
package dev.fusebox.fusion.@name@;
