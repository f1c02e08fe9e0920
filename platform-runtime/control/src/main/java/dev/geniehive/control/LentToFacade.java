package dev.geniehive.control;

import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.host.Gateway;
import dev.geniehive.api.spi.FacadeContext;

/** What a facade is lent. */
record LentToFacade(ConfigView config, Gateway gateway, Catalogue catalogue) implements FacadeContext {}
