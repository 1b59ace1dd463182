package dev.fusebox.lab.plan;

import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stages from which one that trains takes something.
 *
 * @param start the model to begin with
 * @param upstream the texts of the earlier stage for the training questions
 * @param validation the same for the validation questions
 */
record TrainingInputs(Optional<Stage> start, Optional<Stage> upstream, Optional<Stage> validation) {

  /** All of them, that of the data first. */
  List<Stage> all(DataPlace place) {
    List<Stage> all = new ArrayList<>(place.inputs());
    start.ifPresent(all::add);
    upstream.ifPresent(all::add);
    validation.ifPresent(all::add);
    return all;
  }
}
