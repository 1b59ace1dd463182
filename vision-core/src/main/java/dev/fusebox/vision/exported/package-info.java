/**
 * Networks of any kind that somebody exported: TorchScript and ONNX files. They can be read, not
 * trained.
 */
package dev.fusebox.vision.exported;
