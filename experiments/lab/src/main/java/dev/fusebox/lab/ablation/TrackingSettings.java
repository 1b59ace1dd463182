package dev.fusebox.lab.ablation;

import java.util.Optional;

/**
 * {@code tracking}: a server that training metrics are reported to. It changes no result and no
 * key.
 *
 * @param mlflow address of an MLflow server; without it nothing is reported
 * @param experiment name there; without it the config's
 */
public record TrackingSettings(Optional<String> mlflow, Optional<String> experiment) {

  public TrackingSettings {
    if (mlflow.filter(address -> !address.matches("https?://[^/\\s]+\\S*")).isPresent()) {
      throw new IllegalArgumentException(
          "mlflow must be an address such as http://localhost:5000, found " + mlflow.get());
    }
    if (experiment.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("experiment must be a name, found " + experiment.get());
    }
  }
}
