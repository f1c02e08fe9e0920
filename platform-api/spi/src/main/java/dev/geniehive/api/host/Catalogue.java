package dev.geniehive.api.host;

import dev.geniehive.api.model.ModelCard;
import java.util.List;
import java.util.Optional;

/** The names that can be asked for now. */
public interface Catalogue {
    /** {@return what this caller may ask for, sorted by name; only what can be served or loaded now} */
    List<ModelCard> models(Caller caller);

    /** {@return the card of one name, if this caller may ask for it} */
    Optional<ModelCard> model(Caller caller, String id);
}
