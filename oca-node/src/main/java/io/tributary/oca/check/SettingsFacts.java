package io.tributary.oca.check;

import java.util.List;

/**
 * How the settings were read.
 *
 * @param read how many the node has
 * @param refused each wrong one, in the words with which a start is refused; the check goes on with
 *     its default
 * @param unknown variables that begin as the node's settings do, and are passed over
 */
public record SettingsFacts(int read, List<String> refused, List<String> unknown) {
  public SettingsFacts {
    refused = List.copyOf(refused);
    unknown = List.copyOf(unknown);
  }
}
