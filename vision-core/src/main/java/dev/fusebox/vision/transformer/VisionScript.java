package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code vision.py}: one call into libtorch each. */
final class VisionScript {

  static final ScriptSource SOURCE = new ScriptSource(VisionScript.class, "vision.py");

  private final TorchScript script;
  private final int compute;

  /** Compiles them; closed with {@code ops}. */
  VisionScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  VisionScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /** (B, 3, Y, X) to (B, N, D). */
  NDArray embed(NDArray pixels, PatchEmbedding embedding) {
    return script.segment(
        "embed",
        pixels,
        embedding.weight(),
        embedding.bias(),
        embedding.classToken(),
        embedding.positions());
  }

  /** {@code x + attention(norm(x))}: (B, N, D) to (B, N, D). */
  NDArray separateAttention(
      NDArray x, Normalization norm, Projections.Separate maps, int heads, double epsilon) {
    return script.segment(
        "separate_attention",
        x,
        norm.weight(),
        norm.bias(),
        maps.query().weight(),
        maps.query().bias(),
        maps.key().weight(),
        maps.key().bias(),
        maps.value().weight(),
        maps.value().bias(),
        maps.output().weight(),
        maps.output().bias(),
        heads,
        epsilon,
        compute);
  }

  /** The same with one matrix for query, key and value. */
  NDArray jointAttention(
      NDArray x, Normalization norm, Projections.Joint maps, int heads, double epsilon) {
    return script.segment(
        "joint_attention",
        x,
        norm.weight(),
        norm.bias(),
        maps.together().weight(),
        maps.together().bias(),
        maps.output().weight(),
        maps.output().bias(),
        heads,
        epsilon,
        compute);
  }

  /** {@code x + down(activation(up(norm(x))))}: (B, N, D) to (B, N, D). */
  NDArray feedForward(
      NDArray x,
      Normalization norm,
      Linear up,
      Linear down,
      NonLinearity activation,
      double epsilon) {
    return script.segment(
        "feed_forward",
        x,
        norm.weight(),
        norm.bias(),
        up.weight(),
        up.bias(),
        down.weight(),
        down.bias(),
        activation.code(),
        epsilon,
        compute);
  }

  /** Layer normalisation over the last axis. */
  NDArray norm(NDArray x, Normalization norm, double epsilon) {
    return script.call("norm", x, norm.weight(), norm.bias(), epsilon);
  }

  /** (B, N, D) to (B, 1, D): the first place. */
  NDArray classToken(NDArray x) {
    return script.call("class_token", x);
  }

  /** (B, N, D) to (B, P, D): the others. */
  NDArray withoutClassToken(NDArray x) {
    return script.call("without_class_token", x);
  }
}
