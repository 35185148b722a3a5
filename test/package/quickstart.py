"""The quickstart of examples/quickstart/main.ts in Python."""

from cdk8s import ApiObjectMetadata, App, Chart, Size
from cdk8s_inference_gateway import (
    Engine,
    GatewayImplementation,
    InferenceGateway,
    Model,
    ModelDeployment,
    ModelResources,
    ProviderGateway,
)
from cdk8s_plus_28 import Namespace

app = App()

namespaces = Chart(app, "00-namespaces")
for name in ["gateway-system", "team-a", "team-b"]:
    Namespace(namespaces, name, metadata=ApiObjectMetadata(name=name))

platform = Chart(app, "platform", namespace="gateway-system")
gateway = InferenceGateway(
    platform,
    "inference-gateway",
    implementation=GatewayImplementation.istio(),
)
gateway.add_body_based_router()

ModelDeployment(
    Chart(app, "team-a", namespace="team-a"),
    "qwen3",
    gateway=gateway,
    provider=ProviderGateway.llmd(platform, "llmd"),
    model=Model.hugging_face("Qwen/Qwen3-0.6B", served_name="qwen3"),
    engine=Engine.vllm(context_length=8192),
    resources=ModelResources(gpus=1, memory=Size.gibibytes(32)),
)

ModelDeployment(
    Chart(app, "team-b", namespace="team-b"),
    "phi-4-mini",
    gateway=gateway,
    provider=ProviderGateway.vllm(platform, "vllm"),
    model=Model.hugging_face("microsoft/Phi-4-mini-instruct", served_name="phi-4-mini"),
    engine=Engine.vllm(context_length=16384),
    resources=ModelResources(gpus=1, memory=Size.gibibytes(32)),
)

app.synth()
