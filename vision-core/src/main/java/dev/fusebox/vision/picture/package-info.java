/**
 * Image preprocessing, byte for byte as in Pillow and the image processors of transformers. Only
 * JPEG decoders may differ, by a step or two out of 255.
 */
package dev.fusebox.vision.picture;
