package dev.fusebox.training.work;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.recipe.ShotSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stage sees.
 *
 * @param own pictures of the questions that are asked
 * @param ofShots those of the training questions
 */
record SeenPictures(PictureFeatures own, PictureFeatures ofShots) {

  /** What is shown with texts: a question's own, behind those of the solved questions before it. */
  PictureFeatures with(List<StageTexts> texts, ShotSettings shots, Tokenizer tokenizer) {
    if (shots.count() == 0 || !shots.pictures()) {
      return own;
    }
    Map<String, ShownShots> shown = new HashMap<>();
    texts.forEach(each -> shown.putAll(Tokenised.shown(each, tokenizer)));
    return new ShotPictures(own, ofShots, shown);
  }
}
