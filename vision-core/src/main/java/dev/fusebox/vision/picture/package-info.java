/**
 * From a picture to what a backbone sees, byte for byte as Pillow and the image processors of
 * transformers do it. JPEG decoders differ from each other by a step or two of 255; nothing else
 * here does.
 */
package dev.fusebox.vision.picture;
