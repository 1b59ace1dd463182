package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Form;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The weights of the products.
 *
 * @param textInner (I, D), of MUTAN only
 * @param pictureInner (I, S), of MUTAN only
 * @param text (O·K, I or D)
 * @param picture (O·K, I or S)
 * @param output (D, O)
 */
record ProductWeights(
    Optional<Linear> textInner,
    Optional<Linear> pictureInner,
    Linear text,
    Linear picture,
    Linear output)
    implements ScriptTuple {

  /**
   * Declares {@code bilinear.text_inner} and so on. The output begins with zeros, and so the model
   * as the text model.
   *
   * @param seen S
   */
  static ProductWeights declare(BilinearFusionConfig config, FusionContext context, long seen) {
    Parameters parameters = context.parameters();
    int width = context.width();
    int outputs = config.outputs(width);
    long all = (long) outputs * config.products();
    boolean mutan = config.form() == Form.MUTAN;
    int inner = config.innerWidth(width);
    return new ProductWeights(
        mutan ? inner("text", width, inner, parameters) : Optional.empty(),
        mutan ? inner("picture", seen, inner, parameters) : Optional.empty(),
        Linear.declare(parameters, "bilinear.text_factors", mutan ? inner : width, all),
        Linear.declare(parameters, "bilinear.picture_factors", mutan ? inner : seen, all),
        new Linear(
            zeros("bilinear.output.weight", new Shape(width, outputs), parameters),
            zeros("bilinear.output.bias", new Shape(width), parameters)));
  }

  private static Optional<Linear> inner(String of, long in, long inner, Parameters parameters) {
    return Optional.of(Linear.declare(parameters, "bilinear." + of + "_inner", in, inner));
  }

  private static NDArray zeros(String name, Shape shape, Parameters parameters) {
    return parameters.declare(name, shape, Initializer.zeros());
  }

  @Override
  public List<Object> values() {
    return Stream.<Object>of(
            textInner.map(Linear::weight),
            textInner.map(Linear::bias),
            pictureInner.map(Linear::weight),
            pictureInner.map(Linear::bias),
            text.weight(),
            text.bias(),
            picture.weight(),
            picture.bias(),
            output.weight(),
            output.bias())
        .toList();
  }
}
