package dev.fusebox.questions.picture;

import java.util.List;

/** Pictures whose questions are known. */
interface IndexedPictures extends PictureFeatures {

  /** The ids of all questions that have a picture, sorted. */
  List<String> questionIds();
}
