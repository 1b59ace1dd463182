package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model is told of the picture. A new source with a feature file is a constant here: the
 * endings of its file in the order they are looked for, and whether its vectors lie on a grid.
 */
public enum FeatureSource {
  /** Nothing. */
  NONE(false),
  /** Its caption, as text. */
  CAPTION(false),
  /** Object queries of DETR, which lie nowhere. */
  DETR(false, ".npy", ".pth", ".pt"),
  /** The grid of CLIP. */
  CLIP(true, ".npy", ".pth", ".pt"),
  /** Pooled ResNet. */
  RESNET(false, ".npy", ".pth", ".pt"),
  /** Patches of a vision transformer. The npy that goes around is another array, and comes last. */
  VIT(true, ".pth", ".pt", ".npy") {
    @Override
    void requireFit(FeatureArray array) {
      if (array.patches() == 577 && array.width() == 768) {
        throw new UserError(
            "%s: pictures of (577, 768), but mm-cot's released checkpoint was trained on (145, 1024),"
                    .formatted(array.file())
                + " which is vit.pth; to train on this file all the same, name it in"
                + " features.file");
      }
    }
  },
  /** A feature file of any other backbone, named in {@code features.file}. */
  FILE(true) {
    @Override
    public boolean hasVectors() {
      return true;
    }
  },
  /** The passages that are found for the question, beside pictures or without any. */
  PASSAGES(false) {
    @Override
    boolean findsPassages() {
      return true;
    }
  },
  /** The picture's own pixels, cut into squares. */
  PATCHES(true) {
    @Override
    boolean readsPictures() {
      return true;
    }
  },
  /** The picture's own pixels, through a backbone that is a part of the model. */
  PIXELS(true) {
    @Override
    boolean readsPictures() {
      return true;
    }
  };

  private final boolean grid;
  private final String endings;

  FeatureSource(boolean grid, String... endings) {
    this.grid = grid;
    this.endings = String.join(" ", endings);
  }

  /** Whether vectors reach the model, rather than text or nothing. */
  public boolean hasVectors() {
    return readsPictures() || hasFile() || findsPassages();
  }

  /** Whether its vectors were computed beforehand and lie in a file of a usual name. */
  public boolean hasFile() {
    return !endings.isEmpty();
  }

  /** Whether its vectors lie over the picture, if there are as many as make a square. */
  boolean liesOverPicture() {
    return grid;
  }

  /** Whether the pictures themselves are read. */
  boolean readsPictures() {
    return false;
  }

  /** Whether its vectors are those of passages, which every question may have. */
  boolean findsPassages() {
    return false;
  }

  /** As a config names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names its file may have, the preferred one first; none if there is no such file. */
  List<String> files() {
    return hasFile()
        ? Stream.of(endings.split(" ")).map(ending -> label() + ending).toList()
        : List.of();
  }

  /** Where so many vectors of a picture lie, if they lie anywhere. */
  Optional<PictureGrid> grid(int vectors) {
    return grid ? PictureGrid.square(vectors) : Optional.empty();
  }

  /**
   * Looks whether an array found by its name is the one that papers mean.
   *
   * @throws UserError if it is another
   */
  void requireFit(FeatureArray array) {}
}
