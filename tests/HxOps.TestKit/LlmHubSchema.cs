namespace HxOps.TestKit;

/// <summary>The database of the LLM Hub: what was there before its migration, the migration, and the rollback script of its document.</summary>
public static class LlmHubSchema
{
    /// <summary>The six tables in the order in which the document drops them.</summary>
    public static readonly string[] Tables =
        ["llm_usage_analytics", "llm_routing_rules", "llm_model_tier_rules", "llm_models", "llm_provider_keys", "llm_providers"];

    /// <summary>The five indexes of the document.</summary>
    public static readonly string[] Indexes =
        ["idx_provider_keys_user_id", "idx_models_provider", "idx_routing_rules_user_id", "idx_usage_analytics_user_id", "idx_usage_analytics_timestamp"];

    /// <summary>Tables of the product that have nothing to do with the hub.</summary>
    public const string Base = """
        CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, tier text NOT NULL, updated_at timestamptz);
        CREATE TABLE "llmXarchive" (id int PRIMARY KEY, note text);
        INSERT INTO users VALUES (gen_random_uuid(), 'first@example.com', 'trial', now()), (gen_random_uuid(), 'second@example.com', 'professional', now());
        """;

    /// <summary>What shares the hub's trigger function: the damage that DROP FUNCTION ... CASCADE would do.</summary>
    public const string SharedTrigger = "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();";

    /// <summary>Migration 002; it expects the table users.</summary>
    public const string Migration = """
        CREATE TABLE llm_providers (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE, updated_at timestamptz);
        CREATE TABLE llm_provider_keys (id serial PRIMARY KEY, provider_id uuid REFERENCES llm_providers, user_id uuid REFERENCES users (id), sealed text NOT NULL);
        CREATE TABLE llm_models (id serial PRIMARY KEY, provider_id uuid REFERENCES llm_providers, name text NOT NULL, updated_at timestamptz);
        CREATE TABLE llm_model_tier_rules (id serial PRIMARY KEY, model_id int REFERENCES llm_models, tier text NOT NULL);
        CREATE TABLE llm_routing_rules (id serial PRIMARY KEY, user_id uuid REFERENCES users (id), model_id int REFERENCES llm_models);
        CREATE TABLE llm_usage_analytics (id bigserial PRIMARY KEY, user_id uuid REFERENCES users (id), model_id int REFERENCES llm_models, "timestamp" timestamptz);
        CREATE INDEX idx_provider_keys_user_id ON llm_provider_keys (user_id);
        CREATE INDEX idx_models_provider ON llm_models (provider_id);
        CREATE INDEX idx_routing_rules_user_id ON llm_routing_rules (user_id);
        CREATE INDEX idx_usage_analytics_user_id ON llm_usage_analytics (user_id);
        CREATE INDEX idx_usage_analytics_timestamp ON llm_usage_analytics ("timestamp");
        CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$;
        CREATE TRIGGER llm_providers_touch BEFORE UPDATE ON llm_providers FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
        CREATE TRIGGER llm_models_touch BEFORE UPDATE ON llm_models FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
        """;

    /// <summary>Rows for the hub's tables.</summary>
    public const string Rows = """
        INSERT INTO llm_providers (name) SELECT 'provider ' || n FROM generate_series(1, 20) n;
        INSERT INTO llm_models (provider_id, name) SELECT id, 'model of ' || name FROM llm_providers;
        INSERT INTO llm_usage_analytics (model_id, "timestamp") SELECT id, now() FROM llm_models, generate_series(1, 200);
        """;

    /// <summary>The rollback script of the document.</summary>
    public const string Rollback = """
        -- Drop LLM Hub tables in reverse dependency order
        DROP TABLE IF EXISTS llm_usage_analytics CASCADE;
        DROP TABLE IF EXISTS llm_routing_rules CASCADE;
        DROP TABLE IF EXISTS llm_model_tier_rules CASCADE;
        DROP TABLE IF EXISTS llm_models CASCADE;
        DROP TABLE IF EXISTS llm_provider_keys CASCADE;
        DROP TABLE IF EXISTS llm_providers CASCADE;

        -- Drop indexes
        DROP INDEX IF EXISTS idx_provider_keys_user_id;
        DROP INDEX IF EXISTS idx_models_provider;
        DROP INDEX IF EXISTS idx_routing_rules_user_id;
        DROP INDEX IF EXISTS idx_usage_analytics_user_id;
        DROP INDEX IF EXISTS idx_usage_analytics_timestamp;

        -- Drop functions
        DROP FUNCTION IF EXISTS update_updated_at_column CASCADE;

        """;

    /// <summary>The same script with a typo on its fifth line.</summary>
    public static string RollbackWithTypo { get; } = Rollback.Replace("DROP TABLE IF EXISTS llm_models", "DORP TABLE IF EXISTS llm_models", StringComparison.Ordinal);
}
