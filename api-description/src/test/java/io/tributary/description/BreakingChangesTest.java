package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class BreakingChangesTest {
  private static final String RELEASED =
      """
      {
        "paths": {
          "/films": {
            "get": {
              "operationId": "listFilms",
              "security": [{"bearer": []}, {}],
              "parameters": [
                {"name": "cursor", "in": "query", "description": "where to go on", "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}}
              ],
              "responses": {
                "200": {
                  "description": "a page",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Film"}}}
                },
                "404": {"$ref": "#/components/responses/NotFound"}
              }
            },
            "post": {
              "operationId": "addFilm",
              "requestBody": {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AddFilm"}}}
              },
              "responses": {"204": {"description": "done"}}
            }
          }
        },
        "components": {
          "responses": {
            "NotFound": {
              "description": "not there",
              "headers": {"Retry-After": {"schema": {"type": "integer"}}},
              "content": {"application/problem+json": {"schema": {"type": "object"}}}
            }
          },
          "schemas": {
            "Film": {
              "type": "object",
              "required": ["id", "state"],
              "properties": {
                "id": {"type": "string"},
                "seconds": {"type": "number"},
                "state": {"type": "string", "enum": ["new", "old"]},
                "maker": {"allOf": [{"$ref": "#/components/schemas/Maker"}], "nullable": true},
                "sequels": {"type": "array", "items": {"$ref": "#/components/schemas/Film"}}
              }
            },
            "Maker": {"type": "object", "properties": {"name": {"type": "string"}}},
            "AddFilm": {
              "type": "object",
              "required": ["id"],
              "properties": {
                "id": {"type": "string"},
                "year": {"type": "integer", "nullable": true},
                "kind": {"type": "string", "enum": ["short", "long"]}
              }
            }
          }
        }
      }
      """;

  @Test
  void whatStaysTheSameBreaksNothing() {
    changed(api -> {}).isEmpty();
  }

  @Nested
  class WhatMayChange {
    @Test
    void pathsAndOperationsAreAdded() {
      changed(
              api -> {
                paths(api).putObject("/makers").putObject("get").put("operationId", "listMakers");
                films(api).putObject("delete").put("operationId", "deleteFilms");
              })
          .isEmpty();
    }

    @Test
    void anOptionalParameterIsAdded() {
      changed(api ->
              ((ArrayNode) list(api).get("parameters"))
                  .addObject()
                  .put("name", "order")
                  .put("in", "query"))
          .isEmpty();
    }

    @Test
    void errorsComeAndGo() {
      changed(
              api -> {
                responses(api).remove("404");
                responses(api).putObject("503");
              })
          .isEmpty();
    }

    @Test
    void wordsChange() {
      changed(
              api -> {
                list(api).put("summary", "Lists films").putArray("tags").add("films");
                parameter(api, 0).put("description", "other words");
                field(api, "Film", "id").put("description", "words").put("example", "tears");
              })
          .isEmpty();
    }

    @Test
    void clientsMaySendMore() {
      changed(
              api -> {
                fields(api, "AddFilm").putObject("note").put("type", "string");
                field(api, "AddFilm", "year").put("type", "number");
                field(api, "AddFilm", "id").put("nullable", true);
                ((ArrayNode) field(api, "AddFilm", "kind").get("enum")).add("endless");
                schema(api, "AddFilm").remove("required");
              })
          .isEmpty();
    }

    @Test
    void clientsMayBeSureOfMoreThatTheyReceive() {
      changed(
              api -> {
                fields(api, "Film").putObject("note").put("type", "string");
                field(api, "Film", "seconds").put("type", "integer");
                field(api, "Film", "maker").remove("nullable");
                ((ArrayNode) field(api, "Film", "state").get("enum")).remove(1);
                ((ArrayNode) schema(api, "Film").get("required")).add("seconds");
              })
          .isEmpty();
    }

    @Test
    void aCallerNeedsNoTokenAnyMore() {
      changed(api -> list(api).remove("security")).isEmpty();
      changed(api -> films(api).withObject("post").putArray("security").addObject()).isEmpty();
    }
  }

  @Nested
  class WhatBreaksOperations {
    @Test
    void aPathOrOperationGoes() {
      changed(api -> films(api).remove("post")).containsExactly("POST /films is gone");
      changed(api -> paths(api).remove("/films"))
          .containsExactly("GET /films is gone", "POST /films is gone");
    }

    @Test
    void anOperationIsRenamed() {
      changed(api -> list(api).put("operationId", "films"))
          .containsExactly("GET /films: operationId is \"films\" (released: \"listFilms\")");
    }

    @Test
    void aParameterGoesOrBecomesRequiredOrAnotherType() {
      changed(api -> ((ArrayNode) list(api).get("parameters")).remove(1))
          .containsExactly("GET /films: query parameter limit is gone");
      changed(api -> parameter(api, 0).put("required", true))
          .containsExactly("GET /films: query parameter cursor is required (released: optional)");
      changed(api -> parameter(api, 1).withObject("schema").put("type", "string"))
          .containsExactly(
              "GET /films: query parameter limit is of type string (released: integer)");
      changed(api -> parameter(api, 1).put("in", "header"))
          .containsExactly("GET /films: query parameter limit is gone");
    }

    @Test
    void aRequiredParameterIsNew() {
      changed(api ->
              ((ArrayNode) list(api).get("parameters"))
                  .addObject()
                  .put("name", "order")
                  .put("in", "query")
                  .put("required", true))
          .containsExactly("GET /films: query parameter order is new and required");
    }

    @Test
    void aBodyGoesOrBecomesRequired() {
      changed(api -> films(api).withObject("post").remove("requestBody"))
          .containsExactly("POST /films: request body is gone");
      changed(api -> films(api).withObject("post").withObject("requestBody").put("required", true))
          .containsExactly("POST /films: request body is required (released: optional)");
      changed(api -> list(api).putObject("requestBody").put("required", true))
          .containsExactly("GET /films: request body is new and required");
    }

    @Test
    void anotherContentTypeIsSpoken() {
      changed(api ->
              responses(api).withObject("200").withObject("content").remove("application/json"))
          .containsExactly("GET /films: answer 200, application/json is gone");
    }

    @Test
    void anotherStatusMeansDone() {
      changed(api -> responses(api).set("201", responses(api).remove("200")))
          .containsExactly("GET /films: answer 200 is gone", "GET /films: answer 201 is new");
    }

    @Test
    void aHeaderGoes() {
      changed(api ->
              api.withObject("components")
                  .withObject("responses")
                  .withObject("NotFound")
                  .remove("headers"))
          .containsExactly("GET /films: answer 404, header Retry-After is gone");
    }

    @Test
    void aTokenIsNeeded() {
      changed(api -> ((ArrayNode) list(api).get("security")).remove(1))
          .containsExactly("GET /films: security is [bearer] (released: [bearer, none])");
      changed(api ->
              films(api).withObject("post").putArray("security").addObject().putArray("bearer"))
          .containsExactly("POST /films: security is [bearer] (released: [none])");
    }

    @Test
    void aKeywordWithoutARuleChanges() {
      changed(api -> parameter(api, 0).put("style", "deepObject"))
          .containsExactly(
              "GET /films: query parameter cursor: style is \"deepObject\" (released: )");
      changed(api -> films(api).putArray("servers"))
          .containsExactly("/films: servers is [] (released: )");
    }
  }

  @Nested
  class WhatBreaksSchemas {
    @Test
    void aFieldGoesOneWayOrTheOther() {
      changed(api -> fields(api, "Film").remove("seconds")).containsExactly("Film.seconds is gone");
      changed(api -> fields(api, "AddFilm").remove("year")).containsExactly("AddFilm.year is gone");
      changed(api -> fields(api, "Maker").remove("name")).containsExactly("Maker.name is gone");
    }

    @Test
    void aFieldIsOfAnotherType() {
      changed(api -> field(api, "Film", "id").put("type", "integer"))
          .containsExactly("Film.id is of type integer (released: string)");
      changed(api -> field(api, "Film", "id").put("format", "uuid"))
          .containsExactly("Film.id: format is \"uuid\" (released: )");
      changed(api -> field(api, "AddFilm", "id").put("maxLength", 8))
          .containsExactly("AddFilm.id: maxLength is 8 (released: )");
      changed(api ->
              field(api, "Film", "sequels").withObject("items").removeAll().put("type", "string"))
          .containsExactly("Film.sequels: items is of type string (released: object)");
    }

    @Test
    void aSchemaIsRenamed() {
      changed(
              api -> {
                ObjectNode schemas = api.withObject("components").withObject("schemas");
                schemas.set("Person", schemas.remove("Maker"));
                ((ObjectNode) field(api, "Film", "maker").get("allOf").get(0))
                    .put("$ref", "#/components/schemas/Person");
              })
          .containsExactly("Film.maker: schema is called Person (released: Maker)");
    }

    @Test
    void clientsMustSendMore() {
      changed(api -> ((ArrayNode) schema(api, "AddFilm").get("required")).add("year"))
          .containsExactly("AddFilm.year is required (released: optional)");
      changed(
              api -> {
                fields(api, "AddFilm").putObject("note").put("type", "string");
                ((ArrayNode) schema(api, "AddFilm").get("required")).add("note");
              })
          .containsExactly("AddFilm.note is new and required");
      changed(api -> field(api, "AddFilm", "year").remove("nullable"))
          .containsExactly("AddFilm.year may not be null (released: may)");
      changed(api -> ((ArrayNode) field(api, "AddFilm", "kind").get("enum")).remove(0))
          .containsExactly("AddFilm.kind is one of [\"long\"] (released: [\"short\",\"long\"])");
      changed(api -> field(api, "AddFilm", "id").putArray("enum").add("tears"))
          .containsExactly("AddFilm.id is one of [\"tears\"] (released: )");
    }

    @Test
    void clientsReceiveWhatWasNotAnnounced() {
      changed(api -> ((ArrayNode) schema(api, "Film").get("required")).remove(0))
          .containsExactly("Film.id is optional (released: required)");
      changed(api -> field(api, "Film", "id").put("nullable", true))
          .containsExactly("Film.id may be null (released: not)");
      changed(api -> ((ArrayNode) field(api, "Film", "state").get("enum")).add("lost"))
          .containsExactly(
              "Film.state is one of [\"new\",\"old\",\"lost\"] (released: [\"new\",\"old\"])");
      changed(api -> field(api, "Film", "state").remove("enum"))
          .containsExactly("Film.state is one of  (released: [\"new\",\"old\"])");
    }
  }

  private static ListAssert<String> changed(Consumer<ObjectNode> change) {
    JsonNode released = JsonMapper.shared().readTree(RELEASED);
    ObjectNode current = (ObjectNode) released.deepCopy();
    change.accept(current);
    return assertThat(BreakingChanges.between(released, current));
  }

  private static ObjectNode paths(ObjectNode api) {
    return api.withObject("paths");
  }

  private static ObjectNode films(ObjectNode api) {
    return (ObjectNode) paths(api).get("/films");
  }

  private static ObjectNode list(ObjectNode api) {
    return films(api).withObject("get");
  }

  private static ObjectNode parameter(ObjectNode api, int index) {
    return (ObjectNode) list(api).get("parameters").get(index);
  }

  private static ObjectNode responses(ObjectNode api) {
    return list(api).withObject("responses");
  }

  private static ObjectNode schema(ObjectNode api, String name) {
    return api.withObject("components").withObject("schemas").withObject(name);
  }

  private static ObjectNode fields(ObjectNode api, String name) {
    return schema(api, name).withObject("properties");
  }

  private static ObjectNode field(ObjectNode api, String name, String field) {
    return fields(api, name).withObject(field);
  }
}
