package dev.geniehive.plugin.openai;

import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.testkit.ProviderAdapterContract;

class OpenAiAdapterContractTest extends ProviderAdapterContract {
    @Override
    protected ProviderAdapter adapter() {
        return OpenAiAdapter.ofOpenAi();
    }
}
