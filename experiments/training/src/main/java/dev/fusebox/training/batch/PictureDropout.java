package dev.fusebox.training.batch;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.questions.picture.PictureSpan;
import dev.fusebox.questions.picture.PictureView;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Leaves pictures out while a model learns. Which ones is decided by seed, step and question alone,
 * so that a resumed run leaves out the same.
 *
 * @param share of the pictures, 0 to below 1
 */
public record PictureDropout(double share, long seed) {

  /** The maker of a step's batches. */
  public BatchMaker at(long step, BatchMaker maker) {
    return share == 0
        ? maker
        : maker.showing(maker.pictures().map(source -> new Remaining(source, this, step)));
  }

  /** Whether a question is shown without its picture in a step. */
  boolean leavesOut(long step, String question) {
    long drawn = Seeds.mix(Seeds.mix(seed, step), question.hashCode());
    return new SplittableRandom(drawn).nextDouble() < share;
  }

  private record Remaining(PictureFeatures pictures, PictureDropout dropout, long step)
      implements PictureView {

    @Override
    public Optional<PictureGrid> grid() {
      return pictures.grid();
    }

    @Override
    public List<PictureSpan> spans(String questionId) {
      return dropout.leavesOut(step, questionId) ? List.of() : pictures.spans(questionId);
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      return dropout.leavesOut(step, questionId) ? 0 : pictures.read(questionId, into);
    }
  }
}
