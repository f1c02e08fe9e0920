package dev.geniehive.control.access;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.model.ModelCard;
import java.util.List;
import java.util.Optional;

/**
 * A catalogue that shows callers what their keys cover.
 *
 * @param catalogue all there is
 * @param permits what callers may do
 */
public record PermittedCatalogue(Catalogue catalogue, Permits permits) implements Catalogue {
    @Override
    public List<ModelCard> models(Caller caller) {
        return catalogue.models(caller).stream()
                .filter(card -> permits.maySee(caller, card.id()))
                .toList();
    }

    @Override
    public Optional<ModelCard> model(Caller caller, String id) {
        return catalogue.model(caller, id).filter(card -> permits.maySee(caller, card.id()));
    }
}
