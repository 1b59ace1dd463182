/**
 * Building blocks shared by two or more fusions. Their use is optional.
 *
 * <p>Letters: B batch, P patches, R distinct patches, T text length, D width of the text states, V
 * width of the picture's vectors, H heads.
 */
package dev.fusebox.fusion.block;
