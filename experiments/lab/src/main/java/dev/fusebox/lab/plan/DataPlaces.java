package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.Canonical;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the data of runs come from: a directory, or a stage that generates them. */
final class DataPlaces {

  private final OpenedFiles opened;
  private final CodeKeys code;
  private final Map<DataSettings, DataPlace> known = new HashMap<>();

  DataPlaces(OpenedFiles opened, CodeKeys code) {
    this.opened = opened;
    this.code = code;
  }

  /** Equal settings have one place. */
  DataPlace of(DataSettings data) throws IOException {
    DataPlace place = known.get(data);
    if (place == null) {
      place = data.root().isPresent() ? given(data.root().get()) : generated(data);
      known.put(data, place);
    }
    return place;
  }

  private DataPlace given(Path root) throws IOException {
    return new DataPlace(Optional.of(root), Optional.empty(), opened.questions(root).fingerprint());
  }

  private DataPlace generated(DataSettings data) {
    ObjectNode description = StageDescriber.begun(StageKind.DATA, code.demo());
    description.set("demo", Canonical.of(data.demo()));
    Stage stage =
        new Stage(
            StageKind.DATA,
            "data",
            StageRole.DATA,
            description,
            List.of(),
            Canonical.key(description),
            (directory, inputs, progress) -> {
              DemoData.write(data.demo(), directory);
              return Map.of();
            });
    return new DataPlace(Optional.empty(), Optional.of(stage), stage.key());
  }
}
