package io.tributary.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /admin/v1/titles}.
 *
 * @param titles at most 100, by id
 * @param nextCursor the next page's {@code cursor}, opaque; null on the last page
 */
public record AdminTitlePage(List<AdminTitle> titles, @Nullable String nextCursor) {
  public AdminTitlePage {
    titles = titles == null ? List.of() : List.copyOf(titles);
  }
}
