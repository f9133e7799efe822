package alexnet.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.core.storage.StatsStorageListener.EventType;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page "Error rates" of Deeplearning4j's server, which finds it by {@link java.util.ServiceLoader}. */
public final class ErrorRateModule implements UIModule {
    /** Where the page is; what belongs to it lies below. */
    static final String PAGE = "/errors";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorRateModule.class);

    private final Map<String, RunView> runs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, RunStorage> storages = new ConcurrentHashMap<>();

    /** For the library. */
    public ErrorRateModule() {}

    @Override
    public List<String> getCallbackTypeIDs() {
        return List.of(RunRecord.TYPE_ID);
    }

    @Override
    public List<Route> getRoutes() {
        return List.of(
                new Route(
                        PAGE,
                        HttpMethod.GET,
                        (path, asked) -> asked.response()
                                .putHeader("Content-Type", "text/html; charset=utf-8")
                                .end(Assets.text("alexnet/errors.html"))),
                new Route(PAGE + "/runs", HttpMethod.GET, (path, asked) -> json(asked, runs())),
                new Route(PAGE + "/run", HttpMethod.GET, (path, asked) -> run(asked)),
                new Route(PAGE + "/pictures", HttpMethod.GET, (path, asked) -> pictures(asked)));
    }

    @Override
    public void reportStorageEvents(Collection<StatsStorageEvent> events) {
        for (StatsStorageEvent event : events) {
            StatsStorage storage = event.getStatsStorage();
            String run = event.getSessionID();
            remember(run, storage);
            String worker = event.getWorkerID();
            if (event.getEventType() == EventType.PostStaticInfo) {
                take(storage.getStaticInfo(run, RunRecord.TYPE_ID, worker));
            } else if (event.getEventType() == EventType.PostUpdate) {
                take(storage.getUpdate(run, RunRecord.TYPE_ID, worker, event.getTimestamp()));
            }
        }
    }

    @Override
    public void onAttach(StatsStorage storage) {
        for (String run : storage.listSessionIDs()) {
            remember(run, storage);
            storage.getAllStaticInfos(run, RunRecord.TYPE_ID).forEach(this::take);
            storage.getAllUpdatesAfter(run, RunRecord.TYPE_ID, Long.MIN_VALUE).forEach(this::take);
        }
    }

    @Override
    public void onDetach(StatsStorage storage) {
        storage.listSessionIDs().forEach(runs::remove);
    }

    @Override
    public List<I18NResource> getInternationalizationResources() {
        return List.of();
    }

    private void remember(String run, StatsStorage storage) {
        if (storage instanceof RunStorage reader) {
            storages.putIfAbsent(run, reader);
        }
    }

    private void take(Persistable found) {
        if (!(found instanceof RunRecord record)) {
            return;
        }
        try {
            runs.computeIfAbsent(record.getSessionID(), id -> new RunView()).accept(record);
        } catch (JsonProcessingException e) { // thrown, it would end the library's thread that feeds all pages
            LOG.warn("A record of run {} is not JSON, left out: {}", record.getSessionID(), e.getOriginalMessage());
        }
    }

    private ObjectNode runs() {
        ObjectNode answer = RunFiles.JSON.createObjectNode();
        answer.put("stock", storages.values().stream().anyMatch(RunStorage::isTraining));
        ArrayNode list = answer.putArray("runs");
        synchronized (runs) {
            runs.forEach((id, view) -> list.addObject()
                    .put("id", id)
                    .put("shown", storages.containsKey(id) && storages.get(id).isShown(id))
                    .put(
                            "recipe",
                            view.about()
                                    .map(about -> about.path("recipe").asText())
                                    .orElse("")));
        }
        return answer;
    }

    private void run(RoutingContext asked) {
        String id = String.valueOf(asked.request().getParam("id"));
        RunView view = runs.get(id);
        if (view == null) {
            notFound(asked, "run");
            return;
        }
        if (storages.containsKey(id)) {
            storages.get(id).want(id);
        }
        json(asked, view.since(number(asked, "generation", -1), number(asked, "from", 0)));
    }

    private void pictures(RoutingContext asked) {
        Optional<String> pictures = Optional.ofNullable(
                        runs.get(String.valueOf(asked.request().getParam("id"))))
                .flatMap(view -> view.pictures(number(asked, "epoch", 0)));
        if (pictures.isEmpty()) {
            notFound(asked, "epoch with pictures");
            return;
        }
        answer(asked, pictures.get());
    }

    private static int number(RoutingContext asked, String name, int otherwise) {
        String value = asked.request().getParam(name);
        return value != null && value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }

    private static void json(RoutingContext asked, ObjectNode answer) {
        answer(asked, answer.toString());
    }

    private static void answer(RoutingContext asked, String json) {
        asked.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(json);
    }

    private static void notFound(RoutingContext asked, String what) {
        asked.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("There is no such " + what + ".\n");
    }
}
