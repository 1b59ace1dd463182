/** Exported networks of any kind: TorchScript and ONNX files. They can be run, not trained. */
package dev.fusebox.vision.exported;
