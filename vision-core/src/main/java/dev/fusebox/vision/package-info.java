/**
 * Vision backbones: networks that turn pictures into vectors, behind one interface.
 *
 * <p>Letters: B batch, P vectors per picture, V width of a vector, Y and X pixels down and across.
 * Pixels are fp32 (B, 3, Y, X), red, green, blue, as a {@link
 * dev.fusebox.vision.picture.Preprocessing} makes them; features are fp32 (B, P, V).
 */
package dev.fusebox.vision;
