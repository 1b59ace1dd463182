package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import java.util.Map;

/**
 * What stages are made with.
 *
 * @param pretrainings those that were laid out, by description: variants share them
 */
record StageMakers(
    OpenedFiles opened,
    StageTrainer trainer,
    StagePredictor predictor,
    CodeKeys code,
    SettingsJson json,
    Map<JsonNode, Stage> pretrainings) {}
