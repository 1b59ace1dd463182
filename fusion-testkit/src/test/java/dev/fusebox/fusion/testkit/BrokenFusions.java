package dev.fusebox.fusion.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.TextStates.Span;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Precision;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One fusion for each point of the contract that breaks this point and no other. Named after the
 * test that must fail.
 */
final class BrokenFusions {

  private BrokenFusions() {}

  record Settings() {}

  /** Adds the sum of the visible vectors, projected, to the encoded text. Breaks nothing. */
  abstract static class Toy extends FusionContract<Settings> {

    @Override
    protected final List<Settings> configs() {
      return List.of(new Settings());
    }

    @Override
    protected final FusionProvider<Settings> provider() {
      return new ToyProvider(this);
    }

    Initializer start() {
      return Initializer.linear(FusedInputs.WIDTH);
    }

    Fusion create(FusionContext context) {
      NDArray weight =
          context
              .parameters()
              .declare("fusion.weight", new Shape(context.width(), FusedInputs.WIDTH), start());
      return (vision, mode) -> pass(seen(vision, weight, context), context, vision);
    }

    /** (B, 1, D). */
    NDArray seen(VisionFeatures vision, NDArray weight, FusionContext context) {
      NDArray sum = vision.mask().expandDims(1).matMul(vision.features()); // (B, 1, V)
      return context.ops().linear(sum, weight);
    }

    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return afterEncoder(text -> text.withHidden(text.hidden().add(seen)));
    }
  }

  interface Change {
    TextStates of(TextStates text);
  }

  private static FusionPass afterEncoder(Change change) {
    return new FusionPass() {
      @Override
      public TextStates afterEncoder(TextStates text) {
        return change.of(text);
      }
    };
  }

  private record ToyProvider(Toy toy) implements FusionProvider<Settings> {

    @Override
    public String name() {
      return "toy";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("a toy", "");
    }

    @Override
    public Class<Settings> configType() {
      return Settings.class;
    }

    @Override
    public Fusion create(Settings config, FusionContext context) {
      return toy.create(context);
    }
  }

  static final class Nothing extends Toy {}

  static final class KeepsShapesAndMasks extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return afterEncoder(
          text -> new TextStates(text.hidden().add(seen), text.mask(), new Span(0, 1)));
    }
  }

  static final class LeavesTheTextModelAlone extends Toy {
    @Override
    Fusion create(FusionContext context) {
      context.parameters().get("shared.weight").set(new NDIndex("0"), 0);
      return super.create(context);
    }
  }

  static final class GivesEveryTrainableParameterAGradient extends Toy {
    @Override
    Fusion create(FusionContext context) {
      Linear.declare(context.parameters(), "fusion.unused", 2, 2);
      return super.create(context);
    }
  }

  static final class GradientsAgreeWithFiniteDifferences extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return afterEncoder(
          text ->
              text.withHidden(text.hidden().add(seen).add(context.ops().detach(text.hidden()))));
    }
  }

  static final class GradientsSurviveGarbageCollection extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return afterEncoder(text -> text.withHidden(text.hidden().add(seen.mul(0.5f))));
    }
  }

  static final class LearnsInBfloat16 extends Toy {
    @Override
    NDArray seen(VisionFeatures vision, NDArray weight, FusionContext context) {
      NDArray seen = super.seen(vision, weight, context);
      return context.ops().precision() == Precision.BFLOAT16 ? context.ops().detach(seen) : seen;
    }
  }

  static final class PaddingChangesNothing extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return afterEncoder(
          text ->
              text.withHidden(
                  text.hidden().add(seen).add(text.hidden().mean(new int[] {1}, true))));
    }
  }

  static final class ABatchEqualsItsRows extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      NDArray all = seen.sum(new int[] {0}, true);
      return afterEncoder(text -> text.withHidden(text.hidden().add(all)));
    }
  }

  static final class WithoutAPictureReadsTheTextAlone extends Toy {
    @Override
    protected boolean readsAloneWithoutPicture(Settings config) {
      return true;
    }

    @Override
    NDArray seen(VisionFeatures vision, NDArray weight, FusionContext context) {
      return super.seen(vision, weight, context).add(1);
    }
  }

  static final class BeginsAsTheTextModel extends Toy {
    @Override
    protected boolean beginsAsTextModel(Settings config) {
      return true;
    }
  }

  static final class ShowsWhatItSees extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return new FusionPass() {
        @Override
        public TextStates afterEncoder(TextStates text) {
          return text.withHidden(text.hidden().add(seen));
        }

        @Override
        public Diagnostics diagnostics() {
          NDArray ones = vision.mask().onesLike().expandDims(1);
          return new Diagnostics(Map.of(), Map.of("attention", ones));
        }
      };
    }
  }

  static final class WritesWhatItWouldRead extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return new FusionPass() {
        @Override
        public TextStates afterEncoder(TextStates text) {
          return text.withHidden(text.hidden().add(seen));
        }

        /** A token that is written comes alone, one that is read does not. */
        @Override
        public NDArray beforeDecoderBlock(int block, NDArray hidden) {
          return hidden.getShape().get(1) > 1 ? hidden.add(hidden) : hidden;
        }
      };
    }
  }

  static final class RanksEachTextAsIfItStoodAlone extends Toy {

    /** No other test of the contract reads so far. */
    private static final int FAR = 6;

    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return new FusionPass() {
        @Override
        public TextStates afterEncoder(TextStates text) {
          return text.withHidden(text.hidden().add(seen));
        }

        @Override
        public NDArray beforeDecoderBlock(int block, NDArray hidden) {
          if (hidden.getShape().get(1) <= FAR) {
            return hidden;
          }
          NDArray far = hidden.get(":," + FAR + ":");
          return hidden.get(":,:" + FAR).concat(far.add(far), 1);
        }
      };
    }
  }

  static final class FollowsTheRowsOfTheBatch extends Toy {
    @Override
    FusionPass pass(NDArray seen, FusionContext context, VisionFeatures vision) {
      return new FusionPass() {
        @Override
        public NDArray beforeDecoderBlock(int block, NDArray hidden) {
          return hidden.add(seen);
        }

        @Override
        public FusionPass select(NDArray rows) {
          return pass(context.ops().selectRows(seen, rows.sort()), context, vision);
        }
      };
    }
  }

  static final class SavesAndLoads extends Toy {
    @Override
    Fusion create(FusionContext context) {
      Fusion good = super.create(context);
      NDManager manager = context.parameters().manager();
      NDArray secret = Initializer.normal(1).create(manager, new Shape(context.width()));
      return (vision, mode) -> {
        FusionPass pass = good.begin(vision, mode);
        return afterEncoder(
            text -> {
              TextStates fused = pass.afterEncoder(text);
              return fused.withHidden(fused.hidden().add(secret));
            });
      };
    }
  }

  static final class SameSeedSameBits extends Toy {
    @Override
    Initializer start() {
      Random random = new Random();
      return (manager, shape) -> {
        float[] numbers = new float[(int) shape.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = random.nextFloat();
        }
        NDArray array = manager.zeros(shape);
        array.set(numbers);
        return array;
      };
    }
  }

  static final class LeavesNoArrayBehind extends Toy {
    @Override
    NDArray seen(VisionFeatures vision, NDArray weight, FusionContext context) {
      NDArray kept = vision.mask().onesLike();
      NDScope.unregister(kept);
      kept.attach(context.parameters().manager());
      return super.seen(vision, weight, context);
    }
  }
}
