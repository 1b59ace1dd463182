/**
 * Parts that two or more fusions share. Not part of the contract: a fusion may ignore all of it.
 *
 * <p>Letters: B batch, P patches, R distinct patches, T text length, D width of the text states, V
 * width of the picture's vectors, H heads.
 */
package dev.fusebox.fusion.block;
