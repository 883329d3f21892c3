package io.tributary.oca.check;

import java.util.List;

/**
 * How the settings were read.
 *
 * @param read how many the node has
 * @param refused each wrong one, in the words with which a start is refused; the check goes on with
 *     its default
 * @param unknown given under {@code oca}, but no setting's name
 * @param missing a node outside a fleet needs them, and they were given nowhere
 */
public record SettingsFacts(
    int read, List<String> refused, List<String> unknown, List<String> missing) {
  public SettingsFacts {
    refused = List.copyOf(refused);
    unknown = List.copyOf(unknown);
    missing = List.copyOf(missing);
  }
}
