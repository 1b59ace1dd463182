package dev.fusebox.questions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A column for the questions that carry a tag.
 *
 * @param label the tag
 * @param ids of the questions that carry it
 */
record TagCategory(String label, Set<String> ids) implements Category {

  TagCategory {
    ids = Set.copyOf(ids);
  }

  /**
   * A category for each tag, in the order in which they come up.
   *
   * @param tags of each question, by its id
   */
  static List<Category> of(Map<String, List<String>> tags) {
    Map<String, Set<String>> byTag = new LinkedHashMap<>();
    tags.forEach(
        (id, own) ->
            own.forEach(tag -> byTag.computeIfAbsent(tag, any -> new LinkedHashSet<>()).add(id)));
    List<Category> categories = new ArrayList<>();
    byTag.forEach((tag, ids) -> categories.add(new TagCategory(tag, ids)));
    return categories;
  }

  @Override
  public boolean contains(Question question) {
    return ids.contains(question.id());
  }

  @Override
  public boolean unknown(Question question) {
    return false;
  }
}
