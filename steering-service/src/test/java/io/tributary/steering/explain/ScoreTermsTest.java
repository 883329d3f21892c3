package io.tributary.steering.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.steering.ranking.Assessment.Qualified;
import io.tributary.steering.ranking.Candidate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ScoreTermsTest {
  private final Map<String, Double> terms =
      new ScoreTerms(
          new Qualified(
              Candidate.external("cdn", true, 10, 1),
              1,
              2.5,
              0.5,
              7,
              true,
              false,
              0.1,
              3e9,
              -4.25));

  @Test
  void theyAreTheMapThatAReaderMakesOfThem() {
    Map<String, Double> read =
        Map.of(
            "load", 1.0,
            "share", 2.5,
            "loadShareAfter", 0.5,
            "level", 7.0,
            "full", 1.0,
            "overShare", 0.0,
            "weight", 0.1,
            "packageScore", 3e9,
            "playScore", -4.25);

    assertEquals(read, terms);
    assertEquals(terms, read);
    assertEquals(read.hashCode(), terms.hashCode());
    assertEquals(2.5, terms.get("share"));
  }

  @Test
  void theyAreWrittenInOneOrder() {
    assertEquals(
        "{\"load\":1.0,\"share\":2.5,\"loadShareAfter\":0.5,\"level\":7.0,\"full\":1.0,"
            + "\"overShare\":0.0,\"weight\":0.1,\"packageScore\":3.0E9,\"playScore\":-4.25}",
        new JsonMapper().writeValueAsString(terms));
  }

  @Test
  void nobodyChangesThem() {
    assertThrows(UnsupportedOperationException.class, () -> terms.put("load", 0.0));
    assertThrows(UnsupportedOperationException.class, terms::clear);
  }
}
