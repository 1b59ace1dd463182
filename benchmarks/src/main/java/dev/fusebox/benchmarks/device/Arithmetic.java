package dev.fusebox.benchmarks.device;

import dev.fusebox.tensor.Precision;

/**
 * How a device multiplies, and how far its results may be from the original's in fp32, relative in
 * norm. Those of fp32 are the tests' own. Those of bf16 are three times what PyTorch 2.7's autocast
 * is off on these T5s on a processor: scores by 3.2e-3, all gradients together by 4.1e-2. A number
 * of TF32 has 11 binary digits where one of bf16 has 8, so its bounds are an eighth, and twice
 * that.
 */
enum Arithmetic {
  FP32("fp32", Precision.FLOAT32, 1e-5, 5e-5),
  TF32("fp32 with TF32 products", Precision.FLOAT32, 0.0025, 0.03),
  BF16("bf16 products", Precision.BFLOAT16, 0.01, 0.12);

  private final String words;
  private final Precision precision;
  private final double ofValues;
  private final double ofGradients;

  Arithmetic(String words, Precision precision, double ofValues, double ofGradients) {
    this.words = words;
    this.precision = precision;
    this.ofValues = ofValues;
    this.ofGradients = ofGradients;
  }

  String words() {
    return words;
  }

  Precision precision() {
    return precision;
  }

  /** The bound of scores and losses. */
  double ofValues() {
    return ofValues;
  }

  /** The bound of all gradients together. */
  double ofGradients() {
    return ofGradients;
  }
}
