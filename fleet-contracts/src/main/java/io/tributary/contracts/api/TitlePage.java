package io.tributary.contracts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /api/v1/titles}.
 *
 * @param titles by id
 * @param nextCursor for the next page's {@code cursor}; null on the last
 */
public record TitlePage(List<Title> titles, @Nullable String nextCursor) {
  public TitlePage {
    titles = titles == null ? List.of() : List.copyOf(titles);
  }
}
