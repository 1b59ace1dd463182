package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions, or whatever else has an id, with the pictures of others.
 *
 * @param lenders id → id of the question whose picture is shown; who is not in it sees none
 */
public record LentPictures(PictureFeatures pictures, Map<String, String> lenders)
    implements PictureView {

  public LentPictures {
    lenders = Map.copyOf(lenders);
  }

  @Override
  public Optional<PictureGrid> grid() {
    return pictures.grid();
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    String lender = lenders.get(questionId);
    return lender == null ? List.of() : pictures.spans(lender);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    String lender = lenders.get(questionId);
    return lender == null ? 0 : pictures.read(lender, into);
  }
}
